package web
import ("testing";"strings")
func TestZZ(t *testing.T){ w:=newWorld(t); w.nightOf(); p:=w.ask("GET","/posture","","Accept-Language","fr").Body.String(); i:=strings.Index(p,"reconsider travel"); t.Log(p[max(i-700,0):i+300]) 
w.now=w.now; h:=text(w.ask("GET","/handover","","Accept-Language","fr").Body.String()); t.Log(h); t.Log(text(w.ask("GET","/night","","Accept-Language","ru").Body.String())); t.Log(text(w.ask("GET","/people/"+string(w.person("Amal").ID),"","Accept-Language","ar").Body.String()))}
